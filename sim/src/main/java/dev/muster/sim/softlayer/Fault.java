package dev.muster.sim.softlayer;

/** What the service answers when it does not do what was asked. */
final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final int status;
    final String code;

    Fault(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    static Fault unauthorized() {
        return new Fault(401, "SoftLayer_Exception_Public", "Invalid API token.");
    }

    static Fault tokenExpired() {
        return new Fault(
                500, "SoftLayer_Exception_Account_Authentication_AccessTokenValidation", "Access token is expired.");
    }

    static Fault rateLimit(int perSecond) {
        return new Fault(
                500,
                "SoftLayer_Exception_WebService_RateLimitExceeded",
                "Rate limit of " + perSecond + " requests for every 1 second(s) exceeded.");
    }

    /** What the service says when an answer grows too heavy for it. */
    static Fault internal() {
        return new Fault(500, "SoftLayer_Exception_Public", "Internal Error");
    }
}
