package dev.muster.ovirt.services;

import dev.muster.core.Call;
import dev.muster.core.MusterException;
import dev.muster.core.Pending;
import dev.muster.core.ResponseReader;
import dev.muster.ovirt.internal.Fields;
import dev.muster.ovirt.types.Action;
import dev.muster.ovirt.types.Fault;
import dev.muster.ovirt.types.Job;
import dev.muster.ovirt.types.JobStatus;
import dev.muster.ovirt.types.Step;
import dev.muster.ovirt.types.StepStatus;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An action: something done to what a service stands for. An answer means that the engine has accepted it, not that it is
 * done: {@link #finished} waits for the engine's job, and what a machine is then is for its status to say. What the engine
 * refuses throws.
 *
 * @param <O> the operation itself
 */
public abstract class ActionOperation<O extends ActionOperation<O>> extends Operation<Action, O> {
    private static final ResponseReader<Action> ANSWER = Fields.one(Action::read);

    ActionOperation(Ask ask) {
        super(ask, response -> accepted(ANSWER.read(response)));
    }

    /** The action, done when the engine's job for it has ended well; at once where the engine made no job. */
    public final Call<Action> finished() {
        return finished(job -> {});
    }

    /**
     * The same.
     *
     * @param watching told of the job with its steps each time it was asked for, on a virtual thread
     */
    public final Call<Action> finished(Consumer<? super Job> watching) {
        return then(action -> {
            Job made = action.job();
            if (made == null || made.id() == null) {
                return () -> Pending.of(action);
            }
            return new JobService(ask().endpoint(), "/jobs/" + made.id())
                    .get()
                    .follow("steps")
                    .until(job -> job.status() == JobStatus.FINISHED)
                    .unless(ActionOperation::failure)
                    .watching(watching)
                    .map(job -> action);
        });
    }

    private static @Nullable String failure(Job job) {
        return switch (job.status()) {
            case FAILED -> "the job failed: " + what(job);
            case ABORTED -> "the job was aborted: " + what(job);
            case UNKNOWN -> "the engine was restarted meanwhile and does not know how the job ended: " + what(job);
            case STARTED, FINISHED, UNRECOGNIZED -> null;
            case null -> null;
        };
    }

    /** The job in the engine's words, with the steps that failed. */
    private static String what(Job job) {
        List<Step> steps = job.steps() == null ? List.of() : job.steps();
        String failed = steps.stream()
                .filter(step -> step.status() == StepStatus.FAILED && step.description() != null)
                .map(Step::description)
                .collect(Collectors.joining("; "));
        return job.description() + (failed.isEmpty() ? "" : " (" + failed + ")");
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
