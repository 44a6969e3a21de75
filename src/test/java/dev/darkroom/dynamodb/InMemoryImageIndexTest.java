package dev.darkroom.dynamodb;

import dev.darkroom.core.InMemoryImageIndex;
import dev.darkroom.core.archive.ImageIndex;

class InMemoryImageIndexTest extends ImageIndexContract {

    private final ImageIndex index = new InMemoryImageIndex();

    @Override
    ImageIndex index() {
        return index;
    }
}
