package dev.muster.sim.softlayer;

import static org.assertj.core.api.Assertions.assertThat;

import com.softlayer.api.annotation.ApiProperty;
import com.softlayer.api.annotation.ApiType;
import com.softlayer.api.service.Account;
import dev.muster.sim.internal.Invented;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The invented account's types and properties, held against the official Java client, which was generated from the service. */
class OfficialTypesTest {
    /** Properties that the service has and that client, of 2021, hides or has not yet. */
    private static final Set<String> UNKNOWN_THERE = Set.of();

    private final Map<String, Class<?>> types = new HashMap<>();
    private final Set<String> wrong = new TreeSet<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    @Test
    void everyPropertyIsOneOfItsType() throws IOException, ClassNotFoundException {
        findTypes();
        dev.muster.sim.softlayer.Account account = new dev.muster.sim.softlayer.Account(new Invented(1), 20);
        check(account.root());
        account.services().values().forEach(things -> things.values().forEach(this::check));
        account.list("SoftLayer_Event_Log", "getAllObjects").forEach(this::check);
        account.list("SoftLayer_Network_Pod", "getAllObjects").forEach(this::check);
        wrong.removeAll(UNKNOWN_THERE);
        assertThat(wrong).isEmpty();
        assertThat(seen).hasSizeGreaterThan(300);
    }

    private void findTypes() throws IOException, ClassNotFoundException {
        URI jar = URI.create(
                "jar:" + Account.class.getProtectionDomain().getCodeSource().getLocation());
        try (FileSystem files = FileSystems.newFileSystem(jar, Map.of());
                Stream<Path> all = Files.walk(files.getPath("/com/softlayer/api/service"))) {
            for (Path path : (Iterable<Path>) all::iterator) {
                String name = path.toString();
                if (name.endsWith(".class") && !name.contains("$")) {
                    Class<?> type = Class.forName(
                            name.substring(1, name.length() - ".class".length()).replace('/', '.'),
                            false,
                            getClass().getClassLoader());
                    ApiType api = type.getAnnotation(ApiType.class);
                    if (api != null) {
                        types.put(api.value(), type);
                    }
                }
            }
        }
    }

    private void check(Object value) {
        if (value instanceof List<?> list) {
            list.forEach(this::check);
        }
        if (!(value instanceof Thing thing) || !seen.add(thing)) {
            return;
        }
        Class<?> type = types.get(thing.type);
        if (type == null) {
            wrong.add("no type " + thing.type);
            return;
        }
        thing.local.keySet().forEach(name -> property(type, thing.type, name, true));
        thing.related.forEach((name, other) -> {
            property(type, thing.type, name, false);
            check(other);
        });
    }

    private void property(Class<?> type, String shown, String name, boolean local) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (java.lang.reflect.Field field : at.getDeclaredFields()) {
                ApiProperty api = field.getAnnotation(ApiProperty.class);
                String called = api == null || api.value().isEmpty() ? field.getName() : api.value();
                if (api != null && called.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
                    if (api.canBeNullOrNotSet() != local) {
                        wrong.add(shown + "." + name + (local ? " is relational" : " is its own"));
                    }
                    if (!called.equals(name)) {
                        wrong.add(shown + "." + name + " is spelt " + called);
                    }
                    return;
                }
            }
        }
        wrong.add(shown + " has no " + name);
    }
}
