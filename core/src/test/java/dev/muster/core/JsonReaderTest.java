package dev.muster.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    @Test
    void numbersAndBooleansMayBeStrings() {
        assertThat(JsonReader.of("4").integer()).isEqualTo(4);
        assertThat(JsonReader.of("\"4\"").integer()).isEqualTo(4);
        assertThat(JsonReader.of("\"268435456\"").integer()).isEqualTo(268435456L);
        assertThat(JsonReader.of("1.5").decimal()).isEqualTo(1.5);
        assertThat(JsonReader.of("\"1.5\"").decimal()).isEqualTo(1.5);
        assertThat(JsonReader.of("\"false\"").bool()).isFalse();
        assertThat(JsonReader.of("true").bool()).isTrue();
        assertThat(JsonReader.of("17").text()).isEqualTo("17");
    }

    @Test
    void nullAndTheEmptyStringAreAbsent() {
        assertThat(JsonReader.of("null").integer()).isNull();
        assertThat(JsonReader.of("\"\"").integer()).isNull();
        assertThat(JsonReader.of("\"\"").bool()).isNull();
        assertThat(JsonReader.of("null").text()).isNull();
        assertThat(JsonReader.of("\"\"").time()).isNull();
        assertThat(JsonReader.of("null").json()).isNull();
        assertThat(JsonReader.of("null").list(JsonReader::text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "\"2026-11-21T09:31:31Z\",2026-11-21T09:31:31Z",
        "\"2026-11-21T09:37:30.000000\",2026-11-21T09:37:30Z",
        "\"2026-01-02T03:04:05.678+01:00\",2026-01-02T02:04:05.678Z",
        "\"2026-01-02T03:04:05-05:00\",2026-01-02T08:04:05Z",
        "1767319445678,2026-01-02T02:04:05.678Z",
    })
    void everyFormOfTimeThatCloudsSendIsRead(String json, Instant time) {
        assertThat(JsonReader.of(json).time()).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"x\"", "{}", "[]", "1.5", "9223372036854775808", "\"9223372036854775808\""})
    void whatIsNoWholeNumberIsToldWithItsPlace(String json) {
        JsonReader in = JsonReader.of("{\"a\":{\"b\":" + json + "}}");
        in.beginObject();
        in.nextName();
        in.beginObject();
        in.nextName();
        assertThatThrownBy(in::integer)
                .isInstanceOf(MusterException.Undecodable.class)
                .hasMessageContaining("/a/b");
    }

    @Test
    void whatIsSkippedDoesNotDisturbWhatFollows() {
        JsonReader in = JsonReader.of("{\"a\":{\"x\":[1,{\"y\":2}]},\"b\":[[]],\"c\":3}");
        Long c = null;
        in.beginObject();
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            if (name.equals("c")) {
                c = in.integer();
            } else {
                in.skip();
            }
        }
        assertThat(c).isEqualTo(3);
        assertThat(in.atEnd()).isTrue();
    }

    @Test
    void aPartMayBeKeptAsItIs() {
        JsonReader in = JsonReader.of("[{\"a\": [1, 2.50, \"é\\\"\"]}, 7]");
        in.beginArray();
        assertThat(in.nextElement()).isTrue();
        assertThat(in.json()).isEqualTo(new Json("{\"a\":[1,2.50,\"é\\\"\"]}"));
        assertThat(in.nextElement()).isTrue();
        assertThat(in.integer()).isEqualTo(7);
        assertThat(in.nextElement()).isFalse();
    }
}
