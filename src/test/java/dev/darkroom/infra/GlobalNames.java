package dev.darkroom.infra;

import java.util.List;
import java.util.Map;

/**
 * Names that all regions of an account share: a stage of one name in two regions must not use the same one.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Dashboards.html">Dashboards</a>
 */
record GlobalNames(PackagedTemplate template) {

    /** The property that holds the name, by the type of the resource. */
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

    /** Returns one sentence for each name that is neither made by CloudFormation nor contains the region. */
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
