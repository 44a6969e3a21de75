package dev.darkroom.core.archive;

import dev.darkroom.core.InMemoryImageArchive;

class InMemoryImageArchiveTest extends ImageArchiveContract {

    private final InMemoryImageArchive archive = new InMemoryImageArchive();

    @Override
    protected ImageArchive archive() {
        return archive;
    }
}
