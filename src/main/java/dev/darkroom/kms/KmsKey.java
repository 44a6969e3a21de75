package dev.darkroom.kms;

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
        var domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
        return new KmsKey(id, region, URI.create("https://kms.%s.%s/".formatted(region, domain)));
    }
}
