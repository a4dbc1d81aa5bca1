/** The wire: an HTTP client engine with pipelining, on the JDK alone. */
module dev.muster.http {
    requires static org.jspecify;

    exports dev.muster.http;
}
