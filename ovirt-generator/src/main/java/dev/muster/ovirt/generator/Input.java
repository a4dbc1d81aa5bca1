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
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.ovirt.api.metamodel.analyzer.ModelAnalyzer;
import org.ovirt.api.metamodel.concepts.Model;
import org.ovirt.api.metamodel.concepts.Service;

/**
 * The official model.
 *
 * @param jar its sources
 */
record Input(Path jar) {
    /** What the analyzer takes for services and is none: an annotation and a mix-in without a path. */
    private static final List<String> NO_SERVICES = List.of("area", "follow");

    /** Reads it, which takes seconds. */
    Model model() throws IOException {
        Model model = new Model();
        ModelAnalyzer analyzer = new ModelAnalyzer();
        analyzer.setModel(model);
        analyzer.analyzeSource(jar.toFile());
        BuiltinTypes.addTo(model);
        return model;
    }

    /** The services of a model, without what only looks like one. */
    static List<Service> services(Model model) {
        return model.services()
                .filter(service -> !NO_SERVICES.contains(Names.snake(service.getName())))
                .toList();
    }

    /** Of everything the output depends on: the model, and this generator's own classes, in a folder or in a jar. */
    String digest() throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(Files.readAllBytes(jar));
            Path code = Path.of(Input.class
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
        Path folder = root.resolve(Input.class.getPackageName().replace('.', '/'));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted(Comparator.comparing(file -> String.valueOf(file.getFileName())))
                    .toList()) {
                digest.update(Files.readAllBytes(file));
            }
        }
    }
}
