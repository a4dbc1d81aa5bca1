package dev.muster.bench.wire;

/** The JVM contenders by name. */
final class Clients {
    private Clients() {}

    /** Reads one large body as it comes. */
    static Contestant download(String name, Target target) throws Exception {
        return switch (name) {
            case "muster" -> new MusterDownload(target, false);
            case "muster-openssl" -> new MusterDownload(target, true);
            case "netty" -> new NettyDownload(target);
            case "vertx" -> new VertxDownload(target);
            case "jdk" -> new JdkDownload(target);
            default -> throw new IllegalArgumentException("no download of " + name);
        };
    }

    /** Asks for many items. */
    static Contestant open(String name, Target target) throws Exception {
        return switch (name) {
            case "floor" -> new Floor(target);
            case "muster" -> new Window(new MusterAsker(target, MusterAsker.Door.HANDLER, false), target.places());
            case "muster-openssl" ->
                new Window(new MusterAsker(target, MusterAsker.Door.HANDLER, true), target.places());
            case "muster-at-once" ->
                new Window(new MusterAsker(target, MusterAsker.Door.HANDLER, false), Integer.MAX_VALUE);
            case "muster-futures" ->
                new Window(new MusterAsker(target, MusterAsker.Door.FUTURE, false), target.places());
            case "muster-blocking" ->
                new Window(new MusterAsker(target, MusterAsker.Door.BLOCKING, false), target.places());
            case "netty" ->
                new Window(target.http2() ? new NettyHttp2Asker(target) : new NettyAsker(target), target.places());
            case "vertx" -> new Window(new VertxAsker(target), target.places());
            case "apache" ->
                new Window(
                        target.depth() > 1 && !target.http2() ? new ApacheLeased(target) : new ApacheAsker(target),
                        target.places());
            case "armeria" -> new Window(new ArmeriaAsker(target), target.places());
            case "jdk" -> new Window(new JdkAsker(target, false), target.places());
            case "jdk-blocking" -> new Window(new JdkAsker(target, true), target.places());
            default -> throw new IllegalArgumentException("no contender " + name);
        };
    }
}
