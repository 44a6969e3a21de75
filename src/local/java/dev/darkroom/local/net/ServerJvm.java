package dev.darkroom.local.net;

import dev.darkroom.local.TemporaryFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A server that others wrote, in a JVM of its own with its own class path. */
public final class ServerJvm implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);
    private static final String LOG = "server.log";

    /** The main class of a server and its arguments. */
    @FunctionalInterface
    public interface CommandLine {

        /** {@code folder} is empty, belongs to the server, and is deleted at its end. */
        List<String> of(int port, Path folder) throws IOException;
    }

    private final String name;
    private final int port;
    private final Process process;
    private final TemporaryFolder folder;

    private ServerJvm(String name, int port, Process process, TemporaryFolder folder) {
        this.name = name;
        this.port = port;
        this.process = process;
        this.folder = folder;
    }

    /**
     * Starts a server and does not wait for it.
     *
     * @param name for error messages
     * @param classPath a file that has the class path
     * @param options further options of the JVM
     */
    public static ServerJvm launch(String name, Path classPath, List<String> options, CommandLine commandLine) {
        var folder = TemporaryFolder.create();
        try {
            int port = freePort();
            var command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString()));
            command.addAll(
                    List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
            command.addAll(options);
            // DynamoDB Local unpacks a native library there and does not delete it.
            command.add("-Djava.io.tmpdir=" + folder.path());
            command.addAll(List.of("-cp", Files.readString(classPath).strip()));
            command.addAll(commandLine.of(port, folder.path()));
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.path().resolve(LOG).toFile())
                    .start();
            return new ServerJvm(name, port, process, folder);
        } catch (IOException e) {
            folder.close();
            throw new UncheckedIOException("%s cannot be started: %s".formatted(name, e.getMessage()), e);
        }
    }

    /** Waits until it accepts connections; closes it when it does not. */
    public void awaitListening() {
        try {
            var giveUp = System.nanoTime() + START.toNanos();
            while (!listens()) {
                if (System.nanoTime() > giveUp || !process.isAlive()) {
                    throw new IOException("it does not listen: "
                            + Files.readString(folder.path().resolve(LOG)));
                }
                Thread.sleep(POLL_INTERVAL);
            }
        } catch (IOException e) {
            close();
            throw new UncheckedIOException("%s cannot be started: %s".formatted(name, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new IllegalStateException(name + " was interrupted while it started", e);
        }
    }

    private boolean listens() throws IOException {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (ConnectException _) {
            return false;
        }
    }

    public URI address() {
        return URI.create("http://localhost:" + port);
    }

    /** The folder that belongs to the server. */
    public Path folder() {
        return folder.path();
    }

    public ProcessHandle process() {
        return process.toHandle();
    }

    /**
     * Calls {@code listener} with the signal or exit code when the server has ended, also after {@link #close()}, but
     * not when the terminal ended it, because that ends every process of the platform.
     */
    public void onEnd(Consumer<String> listener) {
        var _ = process.onExit().thenAccept(ended -> {
            var status = new ExitStatus(ended.exitValue());
            if (!status.isFromTerminal()) {
                listener.accept(status.reason());
            }
        });
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
        folder.close();
    }
}
