package dev.muster.ovirt.generator;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ovirt.api.metamodel.analyzer.ModelAnalyzer;
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
    /** What the analyzer takes for services and is none: an annotation and a mix-in without a path. */
    private static final List<String> NO_SERVICES = List.of("area", "follow");

    private Generate() {}

    public static void main(String[] args) throws IOException {
        Path jar = Path.of(args[0]);
        Path folder = Path.of(args[1]);
        Path stamp = folder.resolve("generated-from.sha256");
        String inputs = digest(jar);
        if (Files.exists(stamp) && Files.readString(stamp).equals(inputs)) {
            return;
        }
        Map<Path, String> files = sources(model(jar), folder);
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

    private static Model model(Path jar) throws IOException {
        Model model = new Model();
        ModelAnalyzer analyzer = new ModelAnalyzer();
        analyzer.setModel(model);
        analyzer.analyzeSource(jar.toFile());
        BuiltinTypes.addTo(model);
        return model;
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
        for (Service service : model.getServices()) {
            if (!NO_SERVICES.contains(Names.snake(service.getName()))) {
                Path file = file(folder, JavaTypes.SERVICES, Names.service(service.getName()));
                files.put(file, services.write(service).toString());
            }
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

    /** Of everything the output depends on: the model, and this generator's own classes, in a folder or in a jar. */
    private static String digest(Path jar) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(Files.readAllBytes(jar));
            Path code = Path.of(Generate.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isDirectory(code)) {
                classes(code, digest);
            } else {
                try (FileSystem inside = FileSystems.newFileSystem(code)) {
                    classes(inside.getPath("/"), digest);
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException | URISyntaxException e) {
            throw new IllegalStateException("every JDK has SHA-256, and code comes from somewhere", e);
        }
    }

    private static void classes(Path root, MessageDigest digest) throws IOException {
        Path folder = root.resolve(Generate.class.getPackageName().replace('.', '/'));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted(Comparator.comparing(file -> String.valueOf(file.getFileName())))
                    .toList()) {
                digest.update(Files.readAllBytes(file));
            }
        }
    }
}
