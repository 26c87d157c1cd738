using DeepLearning.Course.Scripting;

namespace DeepLearning.Course.Tests.Scripting;

/// <summary>Whether == compares numbers or references cannot be told by looking, so neither compiles.</summary>
[Collection(OneAtATime)]
public class TensorEqualityTests : SessionTest
{
    [Theory]
    [InlineData("a == b")]
    [InlineData("a != b")]
    [InlineData("a == null")]
    [InlineData("(a, 1) == (b, 1)")]
    [InlineData("new Dense(1, 1, new Generator(1)).Weight == a")]
    public async Task ComparedTensorsDoNotCompile(string comparison)
    {
        CellError error = await Fail($"using DeepLearning;\nTensor a = Tensor.Ones(2), b = Tensor.Ones(2);\nvar same = {comparison};");
        Assert.Equal(("CS0619", 3), (error.Name, error.Line));
        Assert.Contains("Tensor.Equal(a, b)", error.Message);
        Assert.Contains("object.ReferenceEquals(a, b)", error.Message);
        Assert.Contains("x is null", error.Message);
    }

    [Fact]
    public async Task WhatIsMeantInsteadDoes() => Assert.Equal("[1, 1]  [2]True False", await Run("""
        using DeepLearning;
        Tensor a = Tensor.Ones(2), b = Tensor.Ones(2);
        $"{Tensor.Equal(a, b)}{object.ReferenceEquals(a, a)} {a is null}"
        """));

    [Fact]
    public async Task TensorsAreKeysAndMembersOfRecords() => Assert.Equal("True False 1", await Run("""
        using DeepLearning;
        record Sample(Tensor X);
        Tensor a = Tensor.Ones(2), b = Tensor.Ones(2);
        $"{new Sample(a) == new Sample(a)} {new Sample(a) == new Sample(b)} {new Dictionary<Tensor, int> { [a] = 1 }[a]}"
        """));
}
