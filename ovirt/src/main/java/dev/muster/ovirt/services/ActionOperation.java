package dev.muster.ovirt.services;

import dev.muster.core.MusterException;
import dev.muster.core.ResponseReader;
import dev.muster.ovirt.internal.Fields;
import dev.muster.ovirt.types.Action;
import dev.muster.ovirt.types.Fault;

/**
 * An action: something done to what a service stands for. An answer means that the engine has accepted it, not that it is
 * done: a VM that was started is up when its status says so. What the engine refuses throws.
 *
 * @param <O> the operation itself
 */
public abstract class ActionOperation<O extends ActionOperation<O>> extends Operation<Action, O> {
    private static final ResponseReader<Action> ANSWER = Fields.one(Action::read);

    ActionOperation(Ask ask) {
        super(ask, response -> accepted(ANSWER.read(response)));
    }

    private static Action accepted(Action action) {
        if (!"failed".equals(action.status())) {
            return action;
        }
        Fault fault = action.fault();
        String why = fault == null ? "no reason given" : fault.reason() + ": " + fault.detail();
        throw new MusterException.Rejected(null, "the action failed: " + why);
    }
}
