package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.http.HttpEvent;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class WireLogTest {
    @Test
    void whatHappenedIsSeenWhileNothingMoreHappens() throws InterruptedException {
        CountDownLatch flushed = new CountDownLatch(1);
        ByteArrayOutputStream seen = new ByteArrayOutputStream() {
            @Override
            public void flush() {
                flushed.countDown();
            }
        };
        PrintStream err = new PrintStream(new BufferedOutputStream(seen), false, StandardCharsets.UTF_8);
        try (WireLog log = new WireLog(err)) {
            log.of("lab").accept(new HttpEvent.Connecting(System.nanoTime(), 7, "http://127.0.0.1:9"));
            flushed.await();
            assertThat(seen.toString(StandardCharsets.UTF_8)).contains("lab  … connection 7 to http://127.0.0.1:9");
        }
    }
}
