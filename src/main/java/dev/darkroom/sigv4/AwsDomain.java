package dev.darkroom.sigv4;

/** The domain of the endpoints of AWS. */
public final class AwsDomain {

    private AwsDomain() {}

    /** China has a domain of its own. */
    public static String of(String region) {
        return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
    }
}
