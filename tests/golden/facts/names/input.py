"é🚀"
µ = 1
ﬁne = "🚀"
class Größe:
    名前: str = "é🚀"
    def ｆｕｌｌ(self): pass
