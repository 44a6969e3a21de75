package dev.darkroom.local.programs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The packages of a folder with a {@code package-lock.json}, installed under {@code target}, so that tests write
 * nothing to the sources.
 *
 * @param folder has the copied files and {@code node_modules}
 */
public record NpmPackages(Path folder) {

    private static final String LOCK = "package-lock.json";

    /**
     * Installs them; a second call is fast. Tests run in two processes, so a file lock makes the second one wait.
     *
     * @param source the folder in {@code project}
     * @param target the folder under {@code target}
     */
    public static NpmPackages install(Path project, String source, String target)
            throws IOException, InterruptedException {
        var folder = Files.createDirectories(project.resolve("target").resolve(target));
        try (var file = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = file.lock()) {
            installAlone(project.resolve(source), folder);
        }
        return new NpmPackages(folder);
    }

    private static void installAlone(Path source, Path folder) throws IOException, InterruptedException {
        try (var files = Files.list(source)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        var installed = folder.resolve("installed-" + LOCK);
        var wanted = folder.resolve(LOCK);
        if (!Files.exists(installed) || Files.mismatch(installed, wanted) != -1) {
            var ended = EndedProgram.of(new ProcessBuilder(
                            List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"))
                    .directory(folder.toFile()));
            if (ended.exitCode() != 0) {
                throw new IOException("npm ci failed: " + ended);
            }
            Files.copy(wanted, installed, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** A file of an installed package. */
    public Path file(String path) {
        return folder.resolve("node_modules").resolve(path);
    }
}
