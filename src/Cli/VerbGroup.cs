namespace Plimsoll.Cli;

/// <summary>The headings of the root's help.</summary>
internal static class VerbGroup
{
    public const string Look = "Look at an image";
    public const string Smaller = "Make it smaller";
    public const string Judge = "Judge it";
    public const string Dockerfiles = "Mend a Dockerfile";
    public const string Advisories = "Know what is vulnerable";
    public const string Server = "Ask a server";
    public const string Cluster = "Look into a cluster";
    public const string Rest = "The rest";
}
