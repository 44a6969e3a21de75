package dev.darkroom.operator;

import dev.darkroom.core.image.ContentHash;
import dev.darkroom.core.image.ImageBytes;
import dev.darkroom.core.image.ImageFacts;
import dev.darkroom.operator.OperatorCli.OperatorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The folder of an export. A file gets its name when it is whole, so no name ever belongs to a part of a file. */
final class ExportFolder {

    private static final String UNFINISHED = ".part";

    private final Path folder;

    private ExportFolder(Path folder) {
        this.folder = folder;
    }

    /** Makes the folder if there is none; throws an {@link OperatorException} when that is not possible. */
    static ExportFolder at(Path folder) {
        try {
            return new ExportFolder(
                    Files.createDirectories(folder.toAbsolutePath().normalize()));
        } catch (IOException e) {
            throw new OperatorException("TO must be a folder that can be written to: %s".formatted(e));
        }
    }

    /** How {@link #add} ended. */
    enum Added {
        NOW,
        /** The file was there already, with the right bytes. */
        BEFORE,
        /** There is no such image to download. */
        NOT_THERE,
        /** The bytes are not those that the facts describe, so there is no file. */
        DAMAGED
    }

    /** Adds a file by a download, unless the folder has its bytes already. */
    Added add(String name, ImageFacts facts, Download download) throws IOException {
        var file = file(name);
        if (has(file, facts)) {
            return Added.BEFORE;
        }
        var part = file(name + UNFINISHED);
        try {
            if (!download.into(part)) {
                return Added.NOT_THERE;
            }
            if (!has(part, facts)) {
                return Added.DAMAGED;
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            return Added.NOW;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** A download of one image; false when there is no such image. */
    @FunctionalInterface
    interface Download {
        boolean into(Path file) throws IOException;
    }

    /** Writes a text file, in place of the one before. */
    Path write(String name, List<String> lines) throws IOException {
        var part = file(name + UNFINISHED);
        Files.deleteIfExists(part);
        Files.writeString(part, String.join("", lines));
        return Files.move(part, file(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean has(Path file, ImageFacts facts) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Files.size(file) == facts.bytes()
                && ContentHash.of(new ImageBytes(Files.readAllBytes(file))).equals(facts.sha256());
    }

    /** Names are made of ids and numbers; this check does not rely on it. */
    private Path file(String name) {
        var file = folder.resolve(name).normalize();
        if (!folder.equals(file.getParent())) {
            throw new IllegalArgumentException("%s is not the name of a file in the folder".formatted(name));
        }
        return file;
    }
}
