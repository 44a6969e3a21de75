package dev.darkroom.runtime;

import dev.darkroom.core.archive.ImageArchive;
import dev.darkroom.core.archive.ImageSource;
import dev.darkroom.core.archive.ReceiptSigner;
import dev.darkroom.core.image.ImageBytes;
import dev.darkroom.fetch.FetchConfig;
import dev.darkroom.fetch.HttpImageSource;
import dev.darkroom.http.image.ReceiptConfig;
import dev.darkroom.http.image.Receipts;
import dev.darkroom.http.image.SecretReceiptSigner;
import dev.darkroom.kms.KmsKey;
import dev.darkroom.kms.KmsReceiptSigner;
import dev.darkroom.s3.ImagesConfig;
import dev.darkroom.s3.S3ImageArchive;
import dev.darkroom.worker.SweepConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Makes what images come from and go to, which is application-scoped so that it is made at its first use, and receipts. */
class ImageProducers {

    /** Four at once, each for a moment twice in memory, are 32 MB of the 128 MB of {@code poll-few-generations}. */
    private static final int LARGEST_BESIDE_FEW = 4 * 1024 * 1024;

    @Produces
    @ApplicationScoped
    ImageArchive imageArchive(ImagesConfig images, AwsConfig aws, InstantSource clock) {
        return new S3ImageArchive(images, aws.region(), AwsClientProducers.credentials(), clock);
    }

    @Produces
    @Singleton
    Receipts receipts(ReceiptConfig config, AwsConfig aws, InstantSource clock) {
        var kms = config.kmsKey()
                .<ReceiptSigner>map(key -> new KmsReceiptSigner(
                        KmsKey.inRegion(key, aws.region()), AwsClientProducers.credentials(), clock));
        var secret =
                config.key().map(String::strip).filter(key -> !key.isEmpty()).map(SecretReceiptSigner::new);
        return new Receipts(kms.or(() -> secret), clock);
    }

    @Produces
    @ApplicationScoped
    ImageSource imageSource(FetchConfig config, SweepConfig sweep, InstantSource clock) {
        return new HttpImageSource(config, sweep.few() ? LARGEST_BESIDE_FEW : ImageBytes.MAX_BYTES, clock);
    }
}
