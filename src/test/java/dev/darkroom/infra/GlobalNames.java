package dev.darkroom.infra;

import java.util.List;
import java.util.Map;

/**
 * Names that all regions of an account share: two stages of one name in two regions must not meet there.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Dashboards.html">Dashboards</a>
 */
record GlobalNames(PackagedTemplate template) {

    /** The property with the name, by what has one that is global. */
    private static final Map<String, String> PROPERTIES = Map.of(
            "AWS::CloudWatch::Dashboard", "DashboardName",
            "AWS::IAM::Role", "RoleName",
            "AWS::IAM::ManagedPolicy", "ManagedPolicyName",
            "AWS::IAM::User", "UserName",
            "AWS::IAM::Group", "GroupName",
            "AWS::IAM::InstanceProfile", "InstanceProfileName",
            "AWS::S3::Bucket", "BucketName",
            "AWS::CloudFront::OriginAccessControl", "OriginAccessControlConfig",
            "AWS::CloudFront::CachePolicy", "CachePolicyConfig");

    /** What is wrong, a sentence each: CloudFormation makes the name, or it has the region in it. */
    List<String> problems() {
        return PROPERTIES.entrySet().stream()
                .flatMap(property -> template.resources(property.getKey()).entrySet().stream()
                        .filter(resource ->
                                resource.getValue().path("Properties").has(property.getValue()))
                        .filter(resource -> !resource.getValue()
                                .path("Properties")
                                .path(property.getValue())
                                .toString()
                                .contains("AWS::Region"))
                        .map(resource -> "%s has the same name in every region".formatted(resource.getKey())))
                .sorted()
                .toList();
    }
}
