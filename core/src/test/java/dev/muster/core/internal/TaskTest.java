package dev.muster.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TaskTest {
    private static WeakReference<byte[]> come(Duration deadline) {
        byte[] value = new byte[1 << 20];
        Task<byte[]> task = new Task<>();
        task.deadline(deadline);
        task.complete(value);
        return new WeakReference<>(value);
    }

    @Test
    void aDeadlineDoesNotHoldWhatHasCome() {
        WeakReference<byte[]> result = come(Duration.ofHours(1));
        // A collection that was asked for takes what nobody holds, if not the first then one of the next.
        for (int i = 0; i < 50 && result.get() != null; i++) {
            System.gc();
        }
        assertThat(result.get()).isNull();
    }
}
