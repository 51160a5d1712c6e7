namespace Plimsoll.Engine.Images.Registry;

/// <summary>A name and a password for one registry. Never printed.</summary>
/// <param name="Registry">As image names write it, with its port.</param>
public sealed record RegistryLogin(string Registry, string User, string Password)
{
    public override string ToString() => $"(a login at {Registry})";
}
