package dev.darkroom.http;

import dev.darkroom.core.archive.ImageName;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.State;
import java.util.List;
import java.util.stream.IntStream;

/** The addresses of images that callers get, in every dialect. */
public final class ImageLinks {

    private ImageLinks() {}

    /**
     * The gateway's own links if it keeps the images, else the provider's addresses.
     *
     * @param generation with the images of its copies
     */
    public static List<String> of(Generation generation, PublicUrl address) {
        var outputs = outputs(generation);
        var link = generation.request().link();
        if (link == null) {
            return outputs.stream().map(Output::url).toList();
        }
        var root = "%s/images/%s/%s/".formatted(address.base(), generation.id(), link.value());
        return IntStream.range(0, outputs.size())
                .mapToObj(number -> root + ImageName.of(number, outputs.get(number)))
                .toList();
    }

    public static List<Output> outputs(Generation generation) {
        return generation.state() instanceof State.Completed completed ? completed.outputs() : List.of();
    }
}
