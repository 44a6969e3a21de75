package dev.darkroom.core.generation;

import dev.darkroom.core.generation.FollowUp.CopyImage;
import dev.darkroom.core.generation.FollowUp.DeleteImages;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** What a row owes for the images of its generation, in a gateway that keeps images. */
final class OwedImages {

    private OwedImages() {}

    /** A copy of each image that is at the provider only. */
    static List<CopyImage> copies(State.Completed completed) {
        return IntStream.range(0, Math.min(completed.outputs().size(), CopyImage.MAX_IMAGES))
                .filter(number -> completed.outputs().get(number).copy() instanceof ImageCopy.AtProvider)
                .mapToObj(CopyImage::new)
                .toList();
    }

    /** No model makes as many images, so there is no follow-up for them. */
    static State.Completed withoutExcess(State.Completed completed) {
        var reason = "only the first %d images are copied".formatted(CopyImage.MAX_IMAGES);
        var marked = completed;
        for (int number = CopyImage.MAX_IMAGES; number < completed.outputs().size(); number++) {
            marked = marked.with(number, new ImageCopy.NotCopied(reason));
        }
        return marked;
    }

    /** The deletion of all images. */
    static List<FollowUp> deletion(State.Completed completed, Instant now) {
        return List.of(FollowUp.of(new DeleteImages(completed.outputs().size()), now));
    }
}
