using System.IO;
using HGQ.Runtime.Training.Recipes;
using HGQ.Runtime.Training.Schedules;
using HGQ.Testing;

namespace HGQ.Runtime.Tests.Training;

public class RecipeReaderTests
{
    [Theory]
    [InlineData("pendigits", 1500, 512)]
    [InlineData("letter", 1500, 512)]
    [InlineData("mnist", 300, 1024)]
    public void The_committed_recipes_say_what_the_fixed_recipe_says(string name, int epochs, int batch)
    {
        Recipe recipe = RecipeReader.Read(Path.Combine(RepositoryRoot.Path, "samples", "recipes", name + ".json"));
        Assert.Equal((epochs, batch), (recipe.Training.Epochs, recipe.Training.Batch));
        Assert.Equal([64, 32], recipe.Network.Hidden);
        Assert.Equal(new RecipeHashSplit(5, 1, name == "mnist" ? null : 0), recipe.Split);
        bool mnist = name == "mnist";
        Assert.Equal(new CosineRestartSchedule(5e-3, 1e-4, mnist ? 25 : 50), recipe.Training.LearningRate);
        Assert.Equal(mnist ? 1e-7 : 5e-7, recipe.Training.Beta.At(mnist ? 10 : 50));
        Assert.Equal(mnist ? 5e-5 : 2e-4, recipe.Training.Beta.At(epochs - 1));
        Assert.Equal(new RecipeAdam(0.9, 0.999, 1e-7), recipe.Training.Adam);
    }

    [Fact]
    public void A_printed_recipe_reads_back_equal()
    {
        string text = RecipeReader.Print(new Recipe());
        Assert.Equal(text, RecipeReader.Print(RecipeReader.Parse("r", text)));
        Assert.DoesNotContain("\r", text);
    }

    [Theory]
    [InlineData("{\n\"trainning\": {}}", 2, 14, "trainning: found an object, there is no such member here; allowed: export, format, ")]
    [InlineData("{\n\n\"training\": {\"epochs\": \"x\"}}", 3, 24, "training.epochs: found \"x\", expected a whole number.")]
    [InlineData("{\"training\": {\"epochs\": 1.5}}", 1, 25, "training.epochs: found 1.5, expected a whole number.")]
    [InlineData("{\"training\": {\"batch\": \"1,5\"}}", 1, 24, "training.batch: found \"1,5\", expected a whole number.")]
    [InlineData("{\"training\": {\"adam\": {\"beta1\": true}}}", 1, 33, "training.adam.beta1: found true, expected a number.")]
    [InlineData("{\"selection\": {\"ebops\": \"x\"}}", 1, 25, "selection.ebops: found \"x\", expected a number.")]
    [InlineData("{\"network\": {\"hidden\": [3,\n \"4\"]}}", 2, 2, "network.hidden[1]: found \"4\", expected a whole number.")]
    [InlineData("{\"network\": {\"hidden\": [0]}}", 1, 25, "network.hidden[0]: found 0, expected a positive number of outputs.")]
    [InlineData("{\"training\": {\"beta\": {\"kind\": \"constant\"}}}", 1, 23, "value is missing")]
    [InlineData("{\"training\": {\"beta\": {\"kind\": \"steps\"}}}", 1, 32, "\"steps\"")]
    [InlineData("{\"training\": {\"beta\": {\"kind\": \"constant\", \"value\": 1e999}}}", 1, 23, "not negative in every epoch")]
    [InlineData("{\"training\": {\"beta\": {\"kind\": \"pieces\", \"pieces\": []}}}", 0, 0, "at least one")]
    [InlineData("{\"scaling\": {\"kind\": \"standardise\"}}", 1, 22, "scaling.kind: found \"standardise\", expected one of standardize, divide, none.")]
    [InlineData("{\"version\": 2}", 1, 13, "version: found 2, expected 1")]
    [InlineData("{\"format\": \"x\"}", 1, 12, "format: found \"x\", expected \"hgq-recipe\".")]
    [InlineData("{\"network\": {\"normalization\": \"layer\"}}", 1, 31, "expected one of none, batch.")]
    [InlineData("{\"split\": {\"kind\": \"random\", \"validation\": 0.5, \"test\": 0.5}}", 1, 57, "split.test: found 0.5")]
    [InlineData("{\"split\": {\"kind\": \"multiplicative-hash\", \"test\": 1}}", 1, 51, "another bucket")]
    [InlineData("{\"split\": {\"modulus\": 5}}", 1, 11, "multiplicative-hash")]
    [InlineData("{\"selection\": {\"choose\": \"cheapest-reaching\"}}", 1, 15, "selection.score: expected a score")]
    [InlineData("{\"training\": null}", 1, 14, "training: found null, expected an object { … }.")]
    [InlineData("{\"title\": \"a\", \"title\": \"b\"}", 1, 16, "the member title stands twice")]
    [InlineData("null", 1, 1, "found null, expected an object")]
    [InlineData("{", 1, 2, "this is no JSON: ")]
    public void A_recipe_that_cannot_be_followed_is_refused_with_its_place(string text, int line, int column, string part)
    {
        var e = Assert.Throws<RecipeException>(() => RecipeReader.Parse("r.json", text));
        Assert.Contains(part, e.Message, System.StringComparison.Ordinal);
        Assert.Equal((line, column), ((int)e.Line, e.Column));
        Assert.StartsWith("r.json", e.Message);
        Assert.DoesNotMatch("System|Parameter|Path: |LineNumber|HGQ", e.Message.Replace("hgq-recipe", "", System.StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_is_no_utf8_is_refused_with_its_place()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("r.json");
        File.WriteAllBytes(path, [.. "{\n\"title\": \""u8, 0xE9, .. "\"}"u8]);
        Assert.StartsWith($"{path}, line 2, column 11: the bytes here are no UTF-8", Assert.Throws<RecipeException>(() => RecipeReader.Read(path)).Message);
        Assert.Contains("a folder", Assert.Throws<RecipeException>(() => RecipeReader.Read(folder.Path)).Message);
    }
}
