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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tools of {@code infra/package.json}, installed in a folder of their own, so that tests write nothing to {@code
 * infra}.
 */
public final class InfraTools {

    static final Path PROJECT = Path.of("").toAbsolutePath();

    /** The folder of the tools. */
    public static final Path FOLDER = PROJECT.resolve("target/infra");

    private static final String TEMPLATES = "templates";

    /** The exit code and output of a command. */
    record Ended(int exitCode, String output) {}

    private InfraTools() {}

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** Installs the tools; a second call is fast. */
    public static void install() throws IOException, InterruptedException {
        alone(InfraTools::installAlone);
    }

    /**
     * Packages the service in every variant and checks it. It is done once, until a file changes that goes into it: each
     * variant is a process of osls.
     */
    static void packageVariants() throws IOException, InterruptedException {
        alone(() -> {
            installAlone();
            var packaged = FOLDER.resolve("packaged");
            var sources = sources();
            if (!Files.exists(packaged) || !Files.readString(packaged).equals(sources)) {
                Files.deleteIfExists(packaged);
                var checked = check(PROJECT, TEMPLATES);
                if (checked.exitCode() != 0) {
                    throw new IOException("the templates are not valid: " + checked.output());
                }
                Files.writeString(packaged, sources);
            }
        });
    }

    /** Tests run in two processes, so a file lock makes the second one wait. */
    private static synchronized void alone(Work work) throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        try (var file = FileChannel.open(FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = file.lock()) {
            work.run();
        }
    }

    /** The files that go into a template, and their tools, each with its size and time. */
    private static String sources() throws IOException {
        try (var files = Files.walk(PROJECT.resolve("infra"))) {
            return Stream.concat(Stream.of(PROJECT.resolve("serverless.yml")), files)
                    .filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("node_modules"))
                    .map(Path::toFile)
                    .map(file -> "%s %d %d%n".formatted(file, file.length(), file.lastModified()))
                    .sorted()
                    .collect(Collectors.joining());
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

    /** The folder in which {@link #packageVariants} has packaged this one. */
    static Path packaged(String variant) {
        return FOLDER.resolve(TEMPLATES).resolve(variant);
    }

    /** The template of it. */
    static Path template(String variant) {
        return packaged(variant).resolve(".serverless/cloudformation-template-update-stack.json");
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
