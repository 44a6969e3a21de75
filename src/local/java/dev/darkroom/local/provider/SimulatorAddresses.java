package dev.darkroom.local.provider;

import java.net.URI;

/** The addresses in the simulator's answers. */
final class SimulatorAddresses {

    private final URI provider;
    private volatile String images;

    /** Images are at the simulator's own address at first. */
    SimulatorAddresses(URI provider) {
        this.provider = provider;
        this.images = provider.toString();
    }

    /** Sets the address under which the images are from now on. */
    void publishImagesAt(String origin) {
        images = origin;
    }

    String result(String prediction) {
        return provider + "/api/v3/predictions/" + prediction + "/result";
    }

    String image(String prediction, int number) {
        return images + "/images/" + prediction + "/" + number + ".png";
    }
}
