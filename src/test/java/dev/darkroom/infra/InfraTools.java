package dev.darkroom.infra;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The tools of {@code infra/package.json}, installed in a folder of their own, so that tests write nothing to {@code
 * infra}.
 */
public final class InfraTools {

    static final Path PROJECT = Path.of("").toAbsolutePath();

    /** The folder of the tools. */
    public static final Path FOLDER = PROJECT.resolve("target/infra");

    /** The exit code and output of a command. */
    record Ended(int exitCode, String output) {}

    private InfraTools() {}

    /**
     * Installs the tools; a second call is fast. Tests run in two processes, so a file lock makes the second one wait.
     */
    public static synchronized void install() throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        try (var file = FileChannel.open(FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = file.lock()) {
            installAlone();
        }
    }

    private static void installAlone() throws IOException, InterruptedException {
        try (var files = Files.list(PROJECT.resolve("infra"))) {
            for (var file : files.filter(InfraTools::isOfTools).toList()) {
                Files.copy(file, FOLDER.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        installPackages(FOLDER);
    }

    private static void installPackages(Path folder) throws IOException, InterruptedException {
        var installed = folder.resolve("installed-package-lock.json");
        var wanted = folder.resolve("package-lock.json");
        if (!Files.exists(installed) || Files.mismatch(installed, wanted) != -1) {
            var ended = run(folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
            if (ended.exitCode() != 0) {
                throw new IOException("npm ci failed: " + ended.output());
            }
            Files.copy(wanted, installed, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Runs {@code nag/nag.mjs}, whose packages are large and are installed in a folder of their own, on templates. */
    static Ended nag(Path... templates) throws IOException, InterruptedException {
        var folder = Files.createDirectories(FOLDER.resolve("nag"));
        for (var file : List.of("package.json", "package-lock.json", "nag.mjs", "accepted.json")) {
            Files.copy(
                    PROJECT.resolve("infra/nag").resolve(file),
                    folder.resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        installPackages(folder);
        var command = new ArrayList<>(List.of("node", "nag.mjs"));
        List.of(templates).forEach(template -> command.add(template.toString()));
        return run(folder, command.toArray(String[]::new));
    }

    private static boolean isOfTools(Path file) {
        var name = file.getFileName().toString();
        return name.endsWith(".mjs") || name.equals("package.json") || name.equals("package-lock.json");
    }

    /** Runs {@code check.mjs} on a project; the templates go to a folder under {@code target/infra}. */
    static Ended check(Path project, String folder, String... variants) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                "node", "check.mjs", project.toString(), FOLDER.resolve(folder).toString()));
        command.addAll(List.of(variants));
        return run(FOLDER, command.toArray(String[]::new));
    }

    static Path template(String folder, String variant) {
        return FOLDER.resolve(folder).resolve(variant).resolve(".serverless/cloudformation-template-update-stack.json");
    }

    private static Ended run(Path folder, String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
