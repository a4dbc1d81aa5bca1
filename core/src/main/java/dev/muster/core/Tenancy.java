package dev.muster.core;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a cloud is asked, where the cloud has parts: one name may stand for one of several projects and regions.
 *
 * @param project name of the project that one is logged in to, as OpenStack has them; what others share with it, or all of them
 *     show an administrator, has a column for its owner; null where there is none
 * @param region name of the region that is asked; null where there is none
 */
public record Tenancy(@Nullable String project, @Nullable String region) {
    /** A cloud that has no parts. */
    public static final Tenancy NONE = new Tenancy(null, null);
}
