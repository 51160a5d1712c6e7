using System.Text;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Files;
using Plimsoll.Engine.Secrets;

namespace Plimsoll.Engine.Tests.Secrets;

/// <summary>What the scanner says of one file.</summary>
internal static class SecretScans
{
    public static IReadOnlyList<FileSecret> Of(string text, string path = "app/file") => Of(Encoding.UTF8.GetBytes(text), path);

    public static IReadOnlyList<FileSecret> Of(byte[] content, string path = "app/file", params int[] cuts) => Scan(new SecretScanner(Limits.Default), 0, content, path, cuts);

    /// <param name="cuts">Where the file comes in pieces; whole when there are none.</param>
    public static IReadOnlyList<FileSecret> Scan(SecretScanner scanner, int row, byte[] content, string path, params int[] cuts)
    {
        scanner.Begin(row, Encoding.UTF8.GetBytes(path), EntryType.File, content.Length);
        var from = 0;
        foreach (var cut in cuts.Append(content.Length))
        {
            scanner.Append(content.AsSpan(from..cut));
            from = cut;
        }
        scanner.End();
        return scanner.Found.GetValueOrDefault(row) ?? [];
    }
}
