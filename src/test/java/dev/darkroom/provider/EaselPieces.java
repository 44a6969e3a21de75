package dev.darkroom.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * The pieces that add the made-up provider: its package, its catalogue file and its line of wiring. They are not on the
 * class path of other tests.
 */
public final class EaselPieces {

    private static final String CLASSES = "dev/darkroom/provider/easel";

    private EaselPieces() {}

    /** A class loader that finds them as well as everything else. */
    public static ClassLoader loader() {
        try {
            // URLClassLoader knows a folder by the slash at its end.
            return new URLClassLoader(new URL[] {resources().toUri().toURL()}, EaselPieces.class.getClassLoader());
        } catch (MalformedURLException e) {
            throw new IllegalStateException("a folder without a URL", e);
        }
    }

    /** Writes a jar of them, and returns it. */
    public static Path jar(Path file) {
        var classes = onClassPath(CLASSES);
        try (var jar = new JarOutputStream(Files.newOutputStream(file))) {
            add(jar, resources(), resources());
            add(jar, classes, root(classes));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
        return file;
    }

    private static Path root(Path classes) {
        var root = classes;
        for (int i = 0; i < Path.of(CLASSES).getNameCount(); i++) {
            root = Objects.requireNonNull(root.getParent());
        }
        return root;
    }

    private static void add(JarOutputStream jar, Path folder, Path root) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                jar.putNextEntry(new JarEntry(root.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, jar);
                jar.closeEntry();
            }
        }
    }

    private static Path resources() {
        return onClassPath("easel");
    }

    private static Path onClassPath(String name) {
        try {
            return Path.of(
                    Objects.requireNonNull(EaselPieces.class.getClassLoader().getResource(name))
                            .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("%s is not a folder".formatted(name), e);
        }
    }
}
