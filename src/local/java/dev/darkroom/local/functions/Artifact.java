package dev.darkroom.local.functions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * The unpacked {@code function.zip}: the artifact that is deployed. With a {@code bootstrap} in it, it is native and
 * runs by itself; otherwise AWS's own Java runtime interface client starts it, as the managed runtime does.
 *
 * @param folder the folder into which it was unpacked
 */
public record Artifact(Path folder, List<String> command) {

    private static final String BOOTSTRAP = "bootstrap";

    private static final String JNI_PROPERTY =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    /** Unpacks {@code zip} into an empty folder; its processes get {@code systemProperties}. */
    public static Artifact unpack(Path project, Path zip, Path folder, Map<String, String> systemProperties) {
        return unpack(project, zip, folder, systemProperties, List.of());
    }

    /** The processes also get further jars, which a native executable cannot load. */
    public static Artifact unpack(
            Path project, Path zip, Path folder, Map<String, String> systemProperties, List<Path> jars) {
        var properties = systemProperties.entrySet().stream()
                .map(property -> "-D%s=%s".formatted(property.getKey(), property.getValue()))
                .toList();
        try {
            if (!isNative(zip)) {
                return new Artifact(folder, java(project, zip, folder, properties, jars));
            }
            if (!jars.isEmpty()) {
                throw new IllegalArgumentException("a native executable loads no classes: " + jars);
            }
            unpack(zip, folder, BOOTSTRAP::equals);
            var bootstrap = folder.resolve(BOOTSTRAP);
            Files.setPosixFilePermissions(bootstrap, PosixFilePermissions.fromString("rwxr-xr-x"));
            return new Artifact(
                    folder,
                    Stream.concat(Stream.of(bootstrap.toString()), properties.stream())
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(zip + " cannot be unpacked", e);
        }
    }

    /** Whether {@code zip} has a native executable in it. */
    public static boolean isNative(Path zip) throws IOException {
        try (var file = new ZipFile(zip.toFile())) {
            return file.getEntry(BOOTSTRAP) != null;
        }
    }

    private static void unpack(Path zip, Path folder, Predicate<String> wanted) throws IOException {
        try (var in = new ZipInputStream(Files.newInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                var file = folder.resolve(entry.getName()).normalize();
                if (!entry.isDirectory() && wanted.test(entry.getName()) && file.startsWith(folder)) {
                    Files.createDirectories(file.getParent());
                    Files.copy(in, file);
                    Files.setLastModifiedTime(file, entry.getLastModifiedTime());
                }
            }
        }
    }

    /**
     * Copies the whole class path into the folder with its original times, so that an ahead-of-time cache from another
     * such folder fits.
     */
    private static List<String> java(Path project, Path zip, Path folder, List<String> properties, List<Path> further)
            throws IOException {
        var classes = Files.copy(zip, folder.resolve("function.jar"), StandardCopyOption.COPY_ATTRIBUTES);
        unpack(zip, folder, name -> name.startsWith("lib/"));
        var client = Files.createDirectory(folder.resolve("client"));
        try (var jars = Files.newDirectoryStream(project.resolve("target/local/runtime-interface-client"), "*.jar")) {
            for (var jar : jars) {
                Files.copy(jar, client.resolve(jar.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        // As the managed runtime passes them: a function does not live long enough for the C2 compiler.
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(AotCache.ofZip(zip).options());
        command.addAll(List.of("--add-opens", "java.base/java.lang=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED"));
        command.add("-D%s=%s".formatted(JNI_PROPERTY, nativeClient(client, folder)));
        command.addAll(properties);
        var others = further.stream().map(jar -> ":" + jar.toAbsolutePath()).collect(Collectors.joining());
        command.addAll(List.of("-cp", "%s:%s/lib/*:%s/*%s".formatted(classes, folder, client, others)));
        command.add("com.amazonaws.services.lambda.runtime.api.client.AWSLambda");
        command.add("io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest");
        return command;
    }

    /**
     * Unpacks the client's native library. Otherwise each process writes it to the same file under /tmp, and a process
     * dies with a bus error when another one writes the file that it has mapped.
     */
    private static Path nativeClient(Path client, Path folder) throws IOException {
        var architecture = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        var name = "/jni/libaws-lambda-jni.linux-%s.so".formatted(architecture);
        try (var jars = Files.newDirectoryStream(client, "aws-lambda-java-runtime-interface-client-*.jar")) {
            var jar = jars.iterator().next();
            try (var files = FileSystems.newFileSystem(jar)) {
                return Files.copy(files.getPath(name), folder.resolve("libaws-lambda-jni.so"));
            }
        }
    }
}
