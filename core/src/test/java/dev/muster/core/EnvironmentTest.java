package dev.muster.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {
    @TempDir
    private Path home;

    private Environment with(String config, String cache) {
        return new Environment(Map.of("XDG_CONFIG_HOME", config, "XDG_CACHE_HOME", cache), home, home);
    }

    @Test
    void foldersAreWhereTheVariablesSayUnlessThatIsRelativeOrNothing() {
        Path told = home.resolve("told");
        assertThat(with(told.toString(), told.toString()).configFolder("muster"))
                .isEqualTo(told.resolve("muster"));
        assertThat(with(told.toString(), told.toString()).cacheFolder("muster")).isEqualTo(told.resolve("muster"));
        for (String none : new String[] {"", "told"}) {
            assertThat(with(none, none).configFolder("muster")).isEqualTo(home.resolve(".config/muster"));
            assertThat(with(none, none).cacheFolder("muster")).isEqualTo(home.resolve(".cache/muster"));
        }
    }
}
