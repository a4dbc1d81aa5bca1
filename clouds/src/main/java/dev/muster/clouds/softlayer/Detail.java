package dev.muster.clouds.softlayer;

import dev.muster.core.Call;
import dev.muster.core.Measurements;
import dev.muster.core.MusterException;
import dev.muster.core.Pending;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything about one machine. Its parts are asked for one by one, all at the same time, or in one call with a mask of all of
 * them: one round trip either way, and the same answer. Which takes less depends on the service and on how many machines are
 * asked for, and is chosen by what was measured. Immutable and thread-safe.
 */
public final class Detail implements Call<Item> {
    private final SoftLayer cloud;
    private final MachineKind kind;
    private final long id;
    private final Way way;
    private final @Nullable Measurements measurements;

    /** How the parts are asked for. */
    public enum Way {
        /** In the way that took the least, as the {@link dev.muster.core.Planner} has it, or in the other where the service fails. */
        AUTO,
        /** A light call for each part, all at once. */
        PARTS,
        /** One call for everything: one request, which the service works on for longer. */
        WHOLE
    }

    Detail(SoftLayer cloud, MachineKind kind, long id) {
        this(cloud, kind, id, Way.AUTO, null);
    }

    private Detail(SoftLayer cloud, MachineKind kind, long id, Way way, @Nullable Measurements measurements) {
        this.cloud = cloud;
        this.kind = kind;
        this.id = id;
        this.way = way;
        this.measurements = measurements;
    }

    /** The same, asked for in this way. */
    public Detail by(Way other) {
        return new Detail(cloud, kind, id, other, measurements);
    }

    /** The same, its way chosen by what earlier ones measured, and measured for later ones. */
    public Detail learning(Measurements into) {
        return new Detail(cloud, kind, id, way, into);
    }

    @Override
    public Pending<Item> start() {
        return all(List.of(this)).map(List::getFirst).start();
    }

    /**
     * Details of many machines, in their order, all asked for at once in the way that takes the least for so many.
     *
     * @param details of machines of one kind and account, to be had in one way
     * @throws MusterException.Rejected if they are not
     */
    public static Call<List<Item>> all(List<Detail> details) {
        return details.isEmpty()
                ? () -> Pending.of(List.of())
                : together(details).map(Details.Got::items);
    }

    /** The same, with what there is to say of it. */
    static Call<Details.Got> together(List<Detail> details) {
        Detail first = details.getFirst();
        if (!details.stream().allMatch(first::goesWith)) {
            throw new MusterException.Rejected(
                    null,
                    "details that are asked for together are of one account and kind of machine, in one way: ask for "
                            + first + " apart from the others");
        }
        Details all = new Details(
                first.cloud,
                first.kind,
                details.stream().map(detail -> detail.id).toList(),
                first.way);
        Measurements known = first.measurements;
        return Call.composed(() -> all.get(known == null ? new Measurements() : known));
    }

    private boolean goesWith(Detail other) {
        return cloud.equals(other.cloud)
                && kind.equals(other.kind)
                && way == other.way
                && Objects.equals(measurements, other.measurements);
    }

    @Override
    public String toString() {
        return kind.service() + " " + id;
    }
}
