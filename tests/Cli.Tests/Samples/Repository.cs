namespace Plimsoll.Cli.Tests.Samples;

/// <summary>The checkout that the tests run in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string At(string path) => Path.Combine(Root, path);

    static string Find(string folder) => File.Exists(Path.Combine(folder, "Platform.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);
}
