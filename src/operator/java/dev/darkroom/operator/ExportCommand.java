package dev.darkroom.operator;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.operator.OperatorCli.OperatorException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** {@code make export}: exports the images of an owner and says how it went. */
final class ExportCommand {

    private final OwnedImages images;
    private final ImageDownloads downloads;
    private final PrintStream notes;

    ExportCommand(OwnedImages images, ImageDownloads downloads, PrintStream notes) {
        this.images = images;
        this.downloads = downloads;
        this.notes = notes;
    }

    /** Exports into the folder; throws an {@link OperatorException} when something is left to be copied. */
    void run(Owner owner, List<GenerationId> rows, Path to) {
        var folder = ExportFolder.at(to);
        var table = owner + ".csv";
        try {
            var result = new ExportImages(images, downloads, folder, notes).export(rows, table);
            if (result.problems() > 0) {
                throw new OperatorException(
                        "%d images were not copied: %s says why. Repeat the command: it copies only what is missing."
                                .formatted(result.problems(), to.resolve(table)));
            }
            notes.printf("Done: %s. Their facts are in %s.%n", result, to.resolve(table));
        } catch (IOException e) {
            throw new OperatorException("the table of the images cannot be written: %s".formatted(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperatorException("the export was stopped; repeat the command to go on");
        }
    }
}
