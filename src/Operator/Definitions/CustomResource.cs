using k8s;
using k8s.Models;
using Plimsoll.Operator.Rollouts;

namespace Plimsoll.Operator.Definitions;

/// <summary>The definition of the custom resource, made of the types that the operator reads: what the server lets through is what the operator understands.</summary>
internal static class CustomResource
{
    public static string Yaml() => KubernetesYaml.Serialize(Definition()) + "\n";

    public static V1CustomResourceDefinition Definition() => new()
    {
        ApiVersion = "apiextensions.k8s.io/v1", Kind = "CustomResourceDefinition",
        Metadata = new V1ObjectMeta { Name = $"{ImageRollout.Plural}.{ImageRollout.Group}" },
        Spec = new V1CustomResourceDefinitionSpec
        {
            Group = ImageRollout.Group, Scope = "Namespaced",
            Names = new V1CustomResourceDefinitionNames
            {
                Kind = nameof(ImageRollout), ListKind = $"{nameof(ImageRollout)}List", Plural = ImageRollout.Plural, Singular = "imagerollout", ShortNames = ["imr"], Categories = ["plimsoll"],
            },
            Versions = [new V1CustomResourceDefinitionVersion
            {
                Name = ImageRollout.Version, Served = true, Storage = true, Schema = new V1CustomResourceValidation { OpenAPIV3Schema = Root() },
                Subresources = new V1CustomResourceSubresources { Status = new() }, AdditionalPrinterColumns = Columns(),
            }],
        },
    };

    static V1JSONSchemaProps Root()
    {
        var status = SchemaOf.Type(typeof(RolloutStatus));
        // Until somebody looked at it, the status is about no spec at all: whoever waits for a condition of this one is not told of an older one.
        (status.DefaultProperty, status.Properties["observedGeneration"].DefaultProperty) = (new Dictionary<string, object> { ["observedGeneration"] = -1 }, -1);
        return new V1JSONSchemaProps
        {
            Type = "object", Required = ["spec"],
            // It is the value of a label on the smoke pod.
            XKubernetesValidations = [new V1ValidationRule { Rule = "size(self.metadata.name) <= 63", Message = "the name of a rollout has at most 63 characters" }],
            Description = "Which image a workload shall run, if it passes a policy.",
            Properties = new Dictionary<string, V1JSONSchemaProps>
            {
                ["apiVersion"] = new() { Type = "string" }, ["kind"] = new() { Type = "string" }, ["metadata"] = new() { Type = "object" },
                ["spec"] = SchemaOf.Type(typeof(RolloutSpec)), ["status"] = status,
            },
        };
    }

    static List<V1CustomResourceColumnDefinition> Columns() =>
    [
        Column("Target", "string", ".spec.targetRef.name"), Column("Image", "string", ".spec.image"), Column("Digest", "string", ".status.image.short"),
        Column("Gate", "string", ".status.gate.verdict"), Column("Ready", "string", ".status.conditions[?(@.type==\"Ready\")].status"), Column("Status", "string", ".status.phase"),
        Column("Critical", "integer", ".status.gate.summary.critical", 1), Column("High", "integer", ".status.gate.summary.high", 1), Column("Size", "integer", ".status.gate.summary.size", 1),
        Column("Policy", "string", ".status.gate.policy", 1), Column("Age", "date", ".metadata.creationTimestamp"),
    ];

    static V1CustomResourceColumnDefinition Column(string name, string type, string path, int priority = 0) => new() { Name = name, Type = type, JsonPath = path, Priority = priority };
}
