package dev.muster.ovirt.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ovirt.api.metamodel.concepts.EnumType;
import org.ovirt.api.metamodel.concepts.Model;
import org.ovirt.api.metamodel.concepts.Service;
import org.ovirt.api.metamodel.concepts.StructType;
import org.ovirt.api.metamodel.concepts.Type;

/**
 * Writes the typed API: {@code Generate <model's source jar> <output folder>}. Does nothing where the output was written by
 * this generator from this model; writes only files that differ, so that a compiler sees what changed.
 */
public final class Generate {
    private Generate() {}

    public static void main(String[] args) throws IOException {
        Input input = new Input(Path.of(args[0]));
        Path folder = Path.of(args[1]);
        Path stamp = folder.resolve("generated-from.sha256");
        String inputs = input.digest();
        if (Files.exists(stamp) && Files.readString(stamp).equals(inputs)) {
            return;
        }
        Map<Path, String> files = sources(input.model(), folder);
        if (Files.isDirectory(folder)) {
            deleteOthers(folder, files);
        }
        for (Map.Entry<Path, String> file : files.entrySet()) {
            if (!Files.exists(file.getKey()) || !Files.readString(file.getKey()).equals(file.getValue())) {
                Files.createDirectories(file.getKey().getParent());
                Files.writeString(file.getKey(), file.getValue());
            }
        }
        Files.writeString(stamp, inputs);
    }

    private static Map<Path, String> sources(Model model, Path folder) {
        Map<Path, String> files = new HashMap<>();
        RecordWriter records = new RecordWriter(model);
        ServiceWriter services = new ServiceWriter(model);
        for (Type type : model.getTypes()) {
            Path file = file(folder, JavaTypes.TYPES, type.getName() == null ? "" : Names.type(type.getName()));
            switch (type) {
                case StructType struct -> files.put(file, records.write(struct).toString());
                case EnumType values -> files.put(file, EnumWriter.write(values).toString());
                default -> {}
            }
        }
        for (Service service : Input.services(model)) {
            Path file = file(folder, JavaTypes.SERVICES, Names.service(service.getName()));
            files.put(file, services.write(service).toString());
        }
        return files;
    }

    private static Path file(Path folder, String packageName, String type) {
        return folder.resolve(packageName.replace('.', '/')).resolve(type + ".java");
    }

    private static void deleteOthers(Path folder, Map<Path, String> files) throws IOException {
        List<Path> others;
        try (Stream<Path> all = Files.walk(folder)) {
            others = all.filter(file -> file.toString().endsWith(".java") && !files.containsKey(file))
                    .toList();
        }
        for (Path other : others) {
            Files.delete(other);
        }
    }
}
