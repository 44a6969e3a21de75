package dev.darkroom.kms;

import dev.darkroom.sigv4.AwsDomain;
import java.net.URI;

/**
 * A key of KMS.
 *
 * @param id its id or ARN
 * @param endpoint the address of KMS
 */
public record KmsKey(String id, String region, URI endpoint) {

    /** A key in a region of AWS. */
    public static KmsKey inRegion(String id, String region) {
        return new KmsKey(id, region, URI.create("https://kms.%s.%s/".formatted(region, AwsDomain.of(region))));
    }
}
