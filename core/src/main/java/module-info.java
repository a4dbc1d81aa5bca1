/** Calls, listings, tables, plans, settings and errors: what every cloud shares. */
module dev.muster.core {
    requires static org.jspecify;
    requires transitive dev.muster.http;
    requires transitive tools.jackson.core;
    requires org.snakeyaml.engine;

    exports dev.muster.core;

    uses dev.muster.core.CloudProvider;
    uses dev.muster.http.TlsProvider;
}
