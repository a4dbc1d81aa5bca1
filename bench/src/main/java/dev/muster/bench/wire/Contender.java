package dev.muster.bench.wire;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Somebody whom the tables show.
 *
 * @param name as the tables and {@link Clients} have it
 * @param title for people
 * @param jvm whether it is a Java program, started as {@link Entrant}
 * @param pipelines whether it can have several requests of HTTP/1.1 unanswered on a connection
 */
record Contender(String name, String title, boolean jvm, boolean pipelines) {
    static final Contender FLOOR = new Contender("floor", "floor (no client)", true, true);
    static final Contender OURS = new Contender("muster", "Muster", true, true);
    /** With the TLS library that Netty and those who stand on it bring with them. */
    static final Contender OPENSSL = new Contender("muster-openssl", "Muster, OpenSSL", true, true);

    static final Contender FUTURES = new Contender("muster-futures", "Muster, futures", true, true);
    static final Contender BLOCKING = new Contender("muster-blocking", "Muster, virtual threads", true, true);
    /** Everything asked for at once, instead of as much as there are places. */
    static final Contender OURS_AT_ONCE = new Contender("muster-at-once", "Muster, all at once", true, true);

    static final Contender NETTY = new Contender("netty", "Netty by hand", true, true);
    static final Contender VERTX = new Contender("vertx", "Vert.x", true, true);
    static final Contender APACHE = new Contender("apache", "Apache HttpClient 5", true, true);
    static final Contender ARMERIA = new Contender("armeria", "Armeria", true, true);
    static final Contender JDK = new Contender("jdk", "JDK HttpClient", true, false);
    static final Contender JDK_BLOCKING = new Contender("jdk-blocking", "JDK, virtual threads", true, false);
    static final Contender PYCURL = new Contender("pycurl", "libcurl (pycurl)", false, false);

    /** The other JVM clients. */
    static final List<Contender> RIVALS = List.of(NETTY, VERTX, APACHE, ARMERIA, JDK, JDK_BLOCKING);

    /** The largest heap it may have. Little where it must be seen that no more is needed than what is under way. */
    String heap() {
        return equals(OURS_AT_ONCE) ? "20m" : "512m";
    }

    boolean rival() {
        return RIVALS.contains(this);
    }

    /** Whether it is Muster, in whatever way it is asked. */
    boolean ours() {
        return title.startsWith(OURS.title);
    }

    /** What it needs of the class path: to open the libraries of all others costs a cold process more than most clients do. */
    String classPath(String all) {
        return Arrays.stream(all.split(File.pathSeparator, -1))
                .filter(entry -> !entry.endsWith(".jar")
                        || libraries().stream()
                                .anyMatch(Path.of(entry).getFileName().toString()::startsWith))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** How the names of its libraries begin. */
    private List<String> libraries() {
        return switch (name) {
            case "floor", "jdk", "jdk-blocking" -> List.of();
            case "muster-openssl" -> List.of("muster-http-", "muster-openssl-", "netty-");
            case "netty" -> List.of("netty-");
            case "vertx" -> List.of("vertx-", "netty-", "jackson-core-2");
            case "apache" -> List.of("httpclient5-", "httpcore5-", "slf4j-");
            case "armeria" ->
                List.of(
                        "armeria-",
                        "netty-",
                        "brotli4j-",
                        "native-",
                        "service-",
                        "micrometer-",
                        "context-propagation-",
                        "HdrHistogram-",
                        "jackson-",
                        "reactive-streams-",
                        "slf4j-",
                        "commons-logging-");
            default -> List.of("muster-http-");
        };
    }
}
