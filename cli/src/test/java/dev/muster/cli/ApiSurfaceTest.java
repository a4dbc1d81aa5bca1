package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.Call;
import dev.muster.http.HttpClient;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The public surface of http and core stands in {@code api/*.txt}, so that every change of it is seen in the diff. After a
 * change that is meant: {@code ./mvnw -pl cli -am test -Dtest=ApiSurfaceTest -Dmuster.api=write
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class ApiSurfaceTest {
    @ParameterizedTest
    @ValueSource(classes = {HttpClient.class, Call.class})
    void thePublicSurfaceIsTheOneThatWasAgreedOn(Class<?> entry) throws Exception {
        String module = entry.getPackageName().substring("dev.muster.".length());
        Path file = Path.of("..", "api", module + ".txt");
        String surface = surface(entry);
        if ("write".equals(System.getProperty("muster.api"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, surface);
        }
        assertThat(surface)
                .as("the public surface of %s against api/%s.txt", module, module)
                .isEqualTo(Files.readString(file));
    }

    private static String surface(Class<?> entry) throws Exception {
        TreeMap<String, String> types = new TreeMap<>();
        for (String name : classNames(entry)) {
            Class<?> type = Class.forName(name, false, entry.getClassLoader());
            if (visible(type)) {
                types.put(name, describe(type));
            }
        }
        return String.join("\n", types.values());
    }

    private static boolean visible(Class<?> type) {
        boolean open = Modifier.isPublic(type.getModifiers()) || Modifier.isProtected(type.getModifiers());
        return open
                && !type.isAnonymousClass()
                && (type.getDeclaringClass() == null || visible(type.getDeclaringClass()));
    }

    private static List<String> classNames(Class<?> entry) throws IOException, URISyntaxException {
        URI source = entry.getProtectionDomain().getCodeSource().getLocation().toURI();
        String folder = entry.getPackageName().replace('.', '/');
        if (Files.isDirectory(Path.of(source))) {
            return names(Path.of(source).resolve(folder), entry.getPackageName());
        }
        try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + source), Map.of())) {
            return names(jar.getPath(folder), entry.getPackageName());
        }
    }

    private static List<String> names(Path folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
                    .map(name -> prefix + '.' + name.substring(0, name.length() - ".class".length()))
                    .toList();
        }
    }

    private static String describe(Class<?> type) {
        String kind = type.isRecord() ? "record" : type.isEnum() ? "enum" : type.isInterface() ? "interface" : "class";
        String sealed = type.isSealed() ? "sealed " : Modifier.isFinal(type.getModifiers()) ? "final " : "";
        TreeSet<String> members = new TreeSet<>();
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (open(constructor.getModifiers())) {
                members.add("  new(" + parameters(constructor.getGenericParameterTypes()) + ")");
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (open(method.getModifiers()) && !method.isSynthetic()) {
                members.add("  " + (Modifier.isStatic(method.getModifiers()) ? "static " : "") + method.getName() + '('
                        + parameters(method.getGenericParameterTypes()) + "): "
                        + shorten(method.getGenericReturnType()));
            }
        }
        for (Field field : type.getDeclaredFields()) {
            if (open(field.getModifiers()) && !field.isSynthetic()) {
                members.add("  " + field.getName() + ": " + shorten(field.getGenericType()));
            }
        }
        List<String> above = new ArrayList<>();
        if (type.getGenericSuperclass() != null
                && !type.isRecord()
                && !type.isEnum()
                && type.getSuperclass() != Object.class) {
            above.add(shorten(type.getGenericSuperclass()));
        }
        Arrays.stream(type.getGenericInterfaces()).map(ApiSurfaceTest::shorten).forEach(above::add);
        return sealed
                + kind
                + ' '
                + type.getName()
                + (above.isEmpty() ? "" : " : " + String.join(", ", above))
                + '\n'
                + members.stream().map(member -> member + '\n').collect(Collectors.joining());
    }

    private static boolean open(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static String parameters(java.lang.reflect.Type[] types) {
        return Arrays.stream(types).map(ApiSurfaceTest::shorten).collect(Collectors.joining(", "));
    }

    private static String shorten(java.lang.reflect.Type type) {
        return type.getTypeName().replaceAll("\\b(java|dev\\.muster|tools)\\.([a-z.]+\\.)?", "");
    }
}
