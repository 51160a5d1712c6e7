using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Operator.Definitions;

namespace Plimsoll.Operator.Tests.Rollouts;

/// <summary>The definition of the custom resource, as the types give it and as the chart brings it into a cluster.</summary>
public sealed class DefinitionTests
{
    [Fact]
    public void The_chart_has_the_definition_of_the_types_as_they_are() =>
        // After a change: dotnet run --project src/Operator -- crd > charts/plimsoll/definitions/imagerollouts.yaml
        Assert.Equal(CustomResource.Yaml(), File.ReadAllText(Repository.At("charts/plimsoll/definitions/imagerollouts.yaml")));

    [Fact]
    public void Every_text_and_every_list_has_a_bound_and_every_field_of_the_spec_says_what_it_is()
    {
        var version = Assert.Single(CustomResource.Definition().Spec.Versions);
        var unbound = new List<string>();
        Look("", version.Schema.OpenAPIV3Schema);
        Assert.Empty(unbound);
        Assert.All(version.Schema.OpenAPIV3Schema.Properties["spec"].Properties, field => Assert.NotEmpty(field.Value.Description ?? ""));

        void Look(string path, k8s.Models.V1JSONSchemaProps schema)
        {
            var isText = schema is { Type: "string", EnumProperty: null, Format: null } && path is not ("/apiVersion" or "/kind");
            if (isText && schema.MaxLength is null || schema is { Type: "array", MaxItems: null })
                unbound.Add(path);
            foreach (var (name, property) in schema.Properties ?? new Dictionary<string, k8s.Models.V1JSONSchemaProps>())
                Look($"{path}/{name}", property);
            if (schema.Items is k8s.Models.V1JSONSchemaProps item)
                Look($"{path}[]", item);
        }
    }
}
