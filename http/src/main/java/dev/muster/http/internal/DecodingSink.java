package dev.muster.http.internal;

/** Decompresses what comes and hands it on. */
final class DecodingSink implements BodySink {
    private final ContentDecoder decoder;
    private final BodySink to;
    private final byte[] plain = new byte[16 * 1024];

    DecodingSink(ContentDecoder decoder, BodySink to) {
        this.decoder = decoder;
        this.to = to;
    }

    ContentDecoder decoder() {
        return decoder;
    }

    @Override
    public void accept(byte[] bytes, int from, int length) throws BadResponse {
        decoder.input(bytes, from, length);
        for (int count = read(); count > 0; count = read()) {
            to.accept(plain, 0, count);
        }
    }

    @Override
    public void end() throws BadResponse {
        decoder.end();
    }

    private int read() throws BadResponse {
        return decoder.read(plain, 0, plain.length);
    }
}
