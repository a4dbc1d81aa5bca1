package dev.muster.ovirt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ovirt.services.ListOperation;
import dev.muster.ovirt.services.Operation;
import dev.muster.ovirt.services.Service;
import dev.muster.ovirt.services.SystemService;
import dev.muster.ovirt.types.Identified;
import dev.muster.ovirt.types.Vm;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What was generated is the whole model: the numbers are those that the model's own analyzer counts. */
class GeneratedApiTest {
    private static List<Class<?>> classes(Class<?> sibling) throws Exception {
        Path folder = Path.of(URI.create(sibling.getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toString()))
                .resolve(sibling.getPackageName().replace('.', '/'));
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.contains("$") && !name.startsWith("package-"))
                    .<Class<?>>map(name -> named(
                            sibling.getPackageName() + '.' + name.substring(0, name.length() - ".class".length())))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(folder + " cannot be read", e);
        }
    }

    private static Class<?> named(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static Stream<Method> operations(Class<?> service) {
        return Arrays.stream(service.getMethods())
                .filter(method -> Operation.class.isAssignableFrom(method.getReturnType()));
    }

    private static List<Class<?>> services() throws Exception {
        return classes(SystemService.class).stream()
                .filter(type -> Service.class.isAssignableFrom(type) && type != Service.class)
                .toList();
    }

    @Test
    void everyServiceOfTheModelIsThere() throws Exception {
        // The analyzer counts 290: an annotation and a mix-in without a path are among them.
        assertThat(services()).hasSize(290 - 2);
    }

    @Test
    void everyOperationOfTheModelIsThere() throws Exception {
        assertThat(services().stream().flatMap(GeneratedApiTest::operations).count())
                .isEqualTo(648);
        assertThat(services().stream()
                        .flatMap(GeneratedApiTest::operations)
                        .filter(method -> ListOperation.class.isAssignableFrom(method.getReturnType()))
                        .count())
                .isEqualTo(143);
    }

    @Test
    void everyTypeOfTheModelIsThereAndTheEnginesOwnThree() throws Exception {
        List<Class<?>> types = classes(Vm.class);
        assertThat(types.stream().filter(type -> type.isRecord() || type == Identified.class))
                .hasSize(217 + 3);
        assertThat(types.stream().filter(Class::isEnum)).hasSize(115);
    }

    @Test
    void everyServiceReachableFromTheRootHasAPath() throws Exception {
        long locators = services().stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> Service.class.isAssignableFrom(method.getReturnType()))
                .count();
        assertThat(locators).isGreaterThan(300);
        assertThat(SystemService.class.getMethod("vms").getReturnType().getSimpleName())
                .isEqualTo("VmsService");
    }
}
