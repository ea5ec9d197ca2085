"é🚀"
if a:
    def one(): "é🚀"
else:
    def one(): pass
try:
    x = 1
except ValueError as error:
    x = 2
finally:
    y = 3
with z:
    class InWith: "🚀"
while w:
    v = 1
match a:
    case 1:
        m = 1
