package dev.darkroom.core.archive;

import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.ImageCopy;
import dev.darkroom.core.generation.LinkToken;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.image.ImageFacts;
import dev.darkroom.core.store.FanIn;
import dev.darkroom.core.store.GenerationStore;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the image that a link names. A link needs no owner: its token proves that the link was given out. */
public final class FindImage {

    /** Compared with a guess for a row that has no token, so that the guess takes the same time. */
    private static final LinkToken NONE = new LinkToken("0".repeat(32));

    private static final Pattern NUMBER = Pattern.compile("(\\d{1,4})(\\.[a-z]{3,4})?");

    private final GenerationStore store;
    private final ImageRetention retention;

    public FindImage(GenerationStore store, ImageRetention retention) {
        this.store = store;
        this.retention = retention;
    }

    /** Where the image is. */
    public sealed interface Found {

        record Kept(ImageKey key, Origin origin) implements Found {}

        /** At the provider only. */
        record AtProvider(String url) implements Found {}

        /** The generation was deleted, the image has expired, or its address may not be opened. */
        record Gone() implements Found {}

        /** There is no such link, whichever part of it is wrong. */
        record Unknown() implements Found {}
    }

    /** The arguments are the parts of the link as they were sent. */
    public Found find(String id, String token, String name) {
        var row = GenerationId.parse(id).flatMap(store::find).filter(found -> !found.isCopy());
        var expected = row.flatMap(found -> Optional.ofNullable(found.request().link()))
                .orElse(NONE);
        boolean matches = expected.matches(token) && !expected.equals(NONE);
        if (row.isEmpty() || !matches) {
            return new Found.Unknown();
        }
        return row.get().isDeleted() ? ofDeleted(row.get(), name) : find(row.get(), name);
    }

    /** Names are forgotten with the addresses of the images. */
    private Found ofDeleted(Generation row, String name) {
        var number = NUMBER.matcher(name);
        return number.matches()
                        && FanIn.of(row, store).generation().state() instanceof State.Completed completed
                        && Integer.parseInt(number.group(1))
                                < completed.outputs().size()
                ? new Found.Gone()
                : new Found.Unknown();
    }

    private Found find(Generation original, String name) {
        var rows = FanIn.of(original, store);
        if (!rows.generation().state().status().isTerminal()) {
            return new Found.Unknown();
        }
        int number = 0;
        for (var row : rows.rows().toList()) {
            if (row.state() instanceof State.Completed completed) {
                for (int own = 0; own < completed.outputs().size(); own++, number++) {
                    var output = completed.outputs().get(own);
                    if (ImageName.of(number, output).equals(name)) {
                        return found(new ImageKey(row.id(), own), output, completed, original);
                    }
                }
            }
        }
        return new Found.Unknown();
    }

    private Found found(ImageKey key, Output output, State.Completed completed, Generation original) {
        var finishedAt = completed.finishedAt();
        return switch (retention.placeOf(output, finishedAt)) {
            case KEPT ->
                new Found.Kept(
                        key, new Origin(original, finishedAt, facts(output).orElseThrow()));
            case AT_PROVIDER, NOT_COPIED ->
                retention.isAtProvider(finishedAt) && !(output.copy() instanceof ImageCopy.NotAllowed)
                        ? new Found.AtProvider(output.url())
                        : new Found.Gone();
            case EXPIRED -> new Found.Gone();
        };
    }

    private static Optional<ImageFacts> facts(Output output) {
        return output.copy() instanceof ImageCopy.Kept(var facts) ? Optional.of(facts) : Optional.empty();
    }
}
