package dev.darkroom.bench.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Builds the programs to compare with, from {@code src/bench}; prints the reason when it cannot build one. */
public final class Peers {

    private static final String NODE_MISSING = "node and npm (20 or newer) are not on the path: no Node peers";
    private static final String GRAALVM_MISSING =
            "native-image is neither in GRAALVM_HOME nor on the path: no plain GraalVM peer";
    private static final String PLAIN_NOT_BUILT = "make bench has not built it yet: no plain GraalVM peer";
    private static final String BUILD_LOG = "build.log";

    /** As Lambda's documentation says, plus the function that the SDK's modules of the older kind call. */
    private static final List<String> BUNDLE = List.of(
            "node_modules/.bin/esbuild",
            "index.js",
            "--bundle",
            "--minify",
            "--platform=node",
            "--format=esm",
            "--outfile=bundle.mjs",
            "--banner:js=import{createRequire}from'node:module';const require=createRequire(import.meta.url);");

    private static final Duration MAX_INSTALLATION = Duration.ofMinutes(2);
    private static final Duration MAX_BUILD = Duration.ofMinutes(10);

    private final Path sources;
    private final Path target;

    /** Builds into {@code target}. */
    public Peers(Path project, Path target) {
        this.sources = project.resolve("src/bench");
        this.target = target;
    }

    /** All peers that can be built on this machine; the native one takes a minute the first time. */
    public List<Subject> build() throws IOException, InterruptedException {
        return joined(node(), plain());
    }

    /** All peers that this machine has or can build without a native build. */
    public List<Subject> withoutNativeBuild() throws IOException, InterruptedException {
        if (isPlainBuilt()) {
            return joined(node(), plain());
        }
        System.out.println(PLAIN_NOT_BUILT);
        return node();
    }

    private static List<Subject> joined(List<Subject> node, Optional<Subject> plain) {
        return Stream.concat(node.stream(), plain.stream()).toList();
    }

    /** The program as it is, and bundled; none without Node. */
    private List<Subject> node() throws IOException, InterruptedException {
        var node = onPath("node");
        var npm = onPath("npm");
        if (node.isEmpty() || npm.isEmpty()) {
            System.out.println(NODE_MISSING);
            return List.of();
        }
        var folder = Files.createDirectories(target.resolve("node"));
        var installed = folder.resolve("node_modules/.package-lock.json");
        boolean current = isNewer(installed, sources.resolve("node/package-lock.json"));
        for (var file : List.of("package.json", "package-lock.json", "index.js")) {
            Files.copy(
                    sources.resolve("node").resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        var install = List.of(npm.get().toString(), "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        if (!(current || succeeds(folder, MAX_INSTALLATION, install)) || !succeeds(folder, MAX_INSTALLATION, BUNDLE)) {
            System.out.println("npm cannot install its SDK, or esbuild not bundle it (see %s): no Node peers"
                    .formatted(folder.resolve(BUILD_LOG)));
            return List.of();
        }
        var command = node.get().toString();
        return List.of(
                Subject.node(List.of(command, "index.js"), folder),
                Subject.bundled(List.of(command, "bundle.mjs"), folder));
    }

    private Optional<Subject> plain() throws IOException, InterruptedException {
        var folder = Files.createDirectories(executable().getParent());
        if (!isPlainBuilt()) {
            var nativeImage = nativeImage();
            if (nativeImage.isEmpty()) {
                System.out.println(GRAALVM_MISSING);
                return Optional.empty();
            }
            var javac = Path.of(System.getProperty("java.home"), "bin/javac");
            var compile = List.of(javac.toString(), "-d", ".", source().toString());
            var link = List.of(
                    nativeImage.get().toString(),
                    "-march=compatibility",
                    "--enable-url-protocols=http",
                    "-o",
                    "plain-function",
                    "PlainFunction");
            if (!succeeds(folder, MAX_BUILD, compile) || !succeeds(folder, MAX_BUILD, link)) {
                System.out.println(
                        "the build failed (see %s): no plain GraalVM peer".formatted(folder.resolve(BUILD_LOG)));
                return Optional.empty();
            }
        }
        return Optional.of(Subject.plain(executable(), folder));
    }

    private boolean isPlainBuilt() throws IOException {
        return isNewer(executable(), source());
    }

    private Path executable() {
        return target.resolve("plain/plain-function");
    }

    private Path source() {
        return sources.resolve("plain/PlainFunction.java");
    }

    private static Optional<Path> nativeImage() {
        return Optional.ofNullable(System.getenv("GRAALVM_HOME"))
                .map(home -> Path.of(home, "bin/native-image"))
                .filter(Files::isExecutable)
                .or(() -> onPath("native-image"));
    }

    private static Optional<Path> onPath(String command) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .map(folder -> Path.of(folder, command))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean isNewer(Path built, Path source) throws IOException {
        return Files.exists(built) && Files.getLastModifiedTime(built).compareTo(Files.getLastModifiedTime(source)) > 0;
    }

    private static boolean succeeds(Path folder, Duration longest, List<String> command)
            throws IOException, InterruptedException {
        System.out.println("Building a peer in " + folder.getFileName() + " ...");
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(BUILD_LOG).toFile())
                .start();
        try {
            return process.waitFor(longest) && process.exitValue() == 0;
        } finally {
            process.destroyForcibly();
        }
    }
}
