package dev.darkroom.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.archive.ImageIndex;
import dev.darkroom.core.archive.ImageKey;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.image.ContentHash;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract of every {@link ImageIndex}. */
abstract class ImageIndexContract {

    private final Owner owner = new Owner("acme");
    private final ContentHash content = new ContentHash(unique() + unique());

    abstract ImageIndex index();

    @Test
    void anImageIsFoundByItsContent() {
        var image = new ImageKey(new GenerationId(unique()), 3);

        index().add(owner, content, image);

        assertThat(index().find(owner, content)).contains(image);
    }

    @Test
    void noOtherOwnerFindsIt() {
        index().add(owner, content, new ImageKey(new GenerationId(unique()), 0));

        assertThat(index().find(new Owner("acme2"), content)).isEmpty();
        assertThat(index().find(owner, new ContentHash("0".repeat(64)))).isEmpty();
    }

    @Test
    void ofTwoWithTheSameContentTheLastIsFound() {
        var last = new ImageKey(new GenerationId(unique()), 1);
        index().add(owner, content, new ImageKey(new GenerationId(unique()), 0));
        index().add(owner, content, last);
        index().add(owner, content, last);

        assertThat(index().find(owner, content)).contains(last);
    }

    private static String unique() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
