using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Images.Tests.Samples;

/// <summary>PostgreSQL and Redis: the images that the chart names where PLIMSOLL_TEST_BASES=pull, else stand-ins of Debian's packages, made once for all tests.</summary>
internal static class ServerImages
{
    static readonly Lazy<Task<string[]>> s_values = new(async () => BuiltImages.IsPulled ? [] :
        [.. (await Command.Run(Repository.At("eng/base-images"), ["postgres", "redis"])).Text.Split('\n').Zip((string[])["postgres", "redis"], Named).SelectMany(arguments => arguments)]);

    /// <summary>The chart's values that name them, as arguments of helm.</summary>
    public static Task<string[]> Values => s_values.Value;

    static string[] Named(string image, string server) =>
        ["--set", $"{server}.image.repository={image.Split(':')[0]}", "--set-string", $"{server}.image.tag={image.Split(':')[1]}"];
}
