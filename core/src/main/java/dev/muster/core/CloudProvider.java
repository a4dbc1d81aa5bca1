package dev.muster.core;

import java.util.List;

/** A kind of cloud, found by {@link java.util.ServiceLoader}. Needs a public constructor without parameters. */
public interface CloudProvider {

    /** The kind's name in settings and in table names, as {@code openstack}. */
    String type();

    /**
     * The clouds that a user of this kind has set up in the ways its ecosystem knows: its files, its variables. Empty
     * where there are none.
     *
     * @throws MusterException.Rejected if a file is there and cannot be understood
     */
    List<Settings> configured(Environment environment);

    /** Every table that a cloud of this kind may have, in the order a person would read them. Asks nobody. */
    List<Table> tables();

    /** What a person may ask of a cloud of this kind beside its tables. Asks nobody. */
    default List<CloudCommand> commands() {
        return List.of();
    }

    /**
     * Connects, without sending anything yet.
     *
     * @throws MusterException.Rejected if a setting is missing or wrong, saying which and where
     */
    Cloud connect(Settings settings);
}
