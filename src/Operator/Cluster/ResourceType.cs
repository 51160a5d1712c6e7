namespace Plimsoll.Operator.Cluster;

/// <summary>A kind of object, as the API server addresses it.</summary>
/// <param name="Group">Empty for the core group.</param>
/// <param name="Plural">The name in addresses, such as <c>deployments</c>.</param>
internal sealed record ResourceType(string Group, string Version, string Plural, string Kind)
{
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>The address of all objects of a namespace, or of every namespace.</summary>
    public string Path(string? ns) => $"{(Group.Length == 0 ? "api" : $"apis/{Group}")}/{Version}/{(ns is null ? "" : $"namespaces/{ns}/")}{Plural}";

    /// <summary>The address of one object.</summary>
    public string Path(ObjectKey key) => $"{Path(key.Namespace)}/{key.Name}";
}

/// <summary>Which object of a kind.</summary>
internal readonly record struct ObjectKey(string Namespace, string Name)
{
    public override string ToString() => $"{Namespace}/{Name}";
}
