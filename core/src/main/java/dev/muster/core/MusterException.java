package dev.muster.core;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why an operation gave no result. The kinds, so that a program can choose what to do next:
 *
 * <pre>
 * MusterException
 * ├── Rejected        the request or the settings are wrong; asking again gives the same answer.
 * ├── Denied          who we are is not known or not allowed.
 * ├── Throttled       too many requests; later it works.
 * ├── Unreachable     no connection, no answer in time, or the connection was lost.
 * ├── Failed          the service says that it failed (5xx); later it may work.
 * ├── Undecodable     an answer came that is not what the API promises.
 * ├── OutcomeUnknown  a change was asked for and may or may not have been made.
 * └── Bug             ours.
 * </pre>
 *
 * A message says what, where and what to do, and never holds a secret.
 */
public abstract sealed class MusterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String cloud;
    private final @Nullable String request;

    private MusterException(@Nullable Place place, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.cloud = place == null ? null : place.cloud();
        this.request = place == null ? null : place.request();
    }

    /**
     * Where it went wrong.
     *
     * @param cloud the cloud's configured name
     * @param request method and path, as {@code GET /servers/detail}
     */
    public record Place(String cloud, String request) {}

    /** The cloud's configured name, or null where no cloud was involved yet. */
    public @Nullable String cloud() {
        return cloud;
    }

    /** Method and path, or null where no request was involved yet. */
    public @Nullable String request() {
        return request;
    }

    /** The kind in lower case with hyphens, as {@code outcome-unknown}: for reports and statistics. */
    public String kind() {
        return getClass().getSimpleName().replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    /** The message with cloud and request before it, where they are known. */
    public String describe() {
        StringBuilder text = new StringBuilder();
        if (cloud != null) {
            text.append(cloud).append(": ");
        }
        if (request != null) {
            text.append(request).append(": ");
        }
        return text.append(getMessage()).toString();
    }

    /** The request or the settings are wrong. */
    public static final class Rejected extends MusterException {
        private static final long serialVersionUID = 1L;

        private final boolean notFound;

        public Rejected(@Nullable Place place, String message) {
            this(place, message, false);
        }

        /**
         * What the service answered.
         *
         * @param notFound whether it said that there is no such thing (404)
         */
        public Rejected(@Nullable Place place, String message, boolean notFound) {
            super(place, message, null);
            this.notFound = notFound;
        }

        public Rejected(@Nullable Place place, String message, @Nullable Throwable cause) {
            super(place, message, cause);
            this.notFound = false;
        }

        /** Whether the service said that there is no such thing (404). */
        public boolean notFound() {
            return notFound;
        }
    }

    /** Who we are is not known or not allowed. */
    public static final class Denied extends MusterException {
        private static final long serialVersionUID = 1L;

        public Denied(@Nullable Place place, String message) {
            super(place, message, null);
        }
    }

    /** Too many requests. */
    public static final class Throttled extends MusterException {
        private static final long serialVersionUID = 1L;

        public Throttled(@Nullable Place place, String message) {
            super(place, message, null);
        }
    }

    /** No connection, no answer in time, or the connection was lost. */
    public static final class Unreachable extends MusterException {
        private static final long serialVersionUID = 1L;

        public Unreachable(@Nullable Place place, String message, @Nullable Throwable cause) {
            super(place, message, cause);
        }
    }

    /** The service says that it failed. */
    public static final class Failed extends MusterException {
        private static final long serialVersionUID = 1L;

        public Failed(@Nullable Place place, String message) {
            super(place, message, null);
        }
    }

    /** An answer came that is not what the API promises. */
    public static final class Undecodable extends MusterException {
        private static final long serialVersionUID = 1L;

        public Undecodable(@Nullable Place place, String message, @Nullable Throwable cause) {
            super(place, message, cause);
        }
    }

    /** A change was asked for and may or may not have been made. */
    public static final class OutcomeUnknown extends MusterException {
        private static final long serialVersionUID = 1L;

        public OutcomeUnknown(@Nullable Place place, String message, @Nullable Throwable cause) {
            super(place, message, cause);
        }
    }

    /** Ours: something that must not happen did. */
    public static final class Bug extends MusterException {
        private static final long serialVersionUID = 1L;

        public Bug(@Nullable Place place, String message, @Nullable Throwable cause) {
            super(place, message, cause);
        }
    }
}
