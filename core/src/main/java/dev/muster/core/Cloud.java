package dev.muster.core;

import java.util.List;

/**
 * A connected cloud: its tables and the endpoint they are asked at. The typed services of each cloud stand on the class
 * that implements this. Connecting sends nothing; the first call logs in. Thread-safe and cheap to share.
 */
public interface Cloud extends AutoCloseable {

    /** The name the user gave it. */
    String name();

    /** What kind of cloud it is, as {@code openstack}. */
    String type();

    /** Which part of it is asked, as far as settings tell before the first log-in; told for certain after it. */
    default Tenancy tenancy() {
        return Tenancy.NONE;
    }

    /** Every table it has, in the order a person would read them. */
    List<Table> tables();

    /** Where the tables are asked. */
    Endpoint endpoint();

    /** Ends the session at the cloud, waiting a few seconds at most, and all connections. Idempotent; never throws. */
    @Override
    void close();
}
